package io.surstream.parity;

import io.surstream.models.vae.AutoencoderKL;
import io.surstream.models.vae.LatentDistribution;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

record AutoencoderKLKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "vae-kl";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        try (AutoencoderKL vae = AutoencoderKL.load(folder.file("model"), DType.FP32, device)) {
            FloatTensor image = folder.floats("image");
            LatentDistribution latents = vae.encode(image);
            got.put("mean", latents.mean());
            got.put("logvar", latents.logvar());
            got.put("std", latents.std());
            inner(vae.encodeTraced(image), vae.config().channels().size(), got);
            List<FloatTensor> decoded = vae.decodeTraced(folder.floats("latents"));
            got.put("decoded", decoded.get(0));
            got.put("dbg.decoder.conv_in", firstRow(decoded.get(1)));
            got.put("dbg.decoder.mid_block", firstRow(decoded.get(2)));
            for (int i = 3; i < decoded.size(); i++) {
                got.put("dbg.decoder.up_blocks." + (i - 3), firstRow(decoded.get(i)));
            }
        }
        return got;
    }

    private static void inner(List<FloatTensor> encoded, int levels, Map<String, HostTensor> got) {
        for (int i = 0; i < levels; i++) {
            got.put("dbg.encoder.down_blocks." + i, firstRow(encoded.get(1 + i)));
        }
        got.put("dbg.encoder.mid_block", firstRow(encoded.get(1 + levels)));
        got.put("dbg.encoder.conv_out", firstRow(encoded.get(2 + levels)));
    }

    /** The cases keep inner outputs of the first row only. */
    private static FloatTensor firstRow(FloatTensor batch) {
        long[] shape = batch.shape().clone();
        int row = batch.size() / (int) shape[0];
        shape[0] = 1;
        return FloatTensor.of(Arrays.copyOf(batch.data(), row), shape);
    }
}
