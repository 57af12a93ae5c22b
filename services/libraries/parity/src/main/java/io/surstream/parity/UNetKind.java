package io.surstream.parity;

import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

record UNetKind(TorchDevice device) implements ParityKind {
    private static final String SAMPLE = "sample";

    @Override
    public String kind() {
        return "unet";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        try (UNet2DConditionModel unet = UNet2DConditionModel.load(folder.file("model"), DType.FP32, device)) {
            for (String name : folder.names()) {
                if (name.equals(SAMPLE) || name.endsWith("." + SAMPLE)) {
                    run(folder, unet, name.substring(0, name.length() - SAMPLE.length()), got);
                }
            }
        }
        return got;
    }

    private static void run(CaseFolder folder, UNet2DConditionModel unet, String run, Map<String, HostTensor> got) {
        FloatTensor sample = folder.floats(run + SAMPLE);
        HostTensor timestep = folder.tensor(run + "timestep");
        FloatTensor states = folder.floats(run + "encoder_hidden_states");
        HostTensor[] added = unet.config().added().isPresent()
                ? new HostTensor[] {folder.tensor(run + "text_embeds"), folder.tensor(run + "time_ids")}
                : new HostTensor[0];
        List<FloatTensor> traced = unet.forwardTraced(sample, timestep, states, added);
        got.put(run + "out", traced.get(0));
        got.put(run + "dbg.time_embedding", traced.get(1));
        got.put(run + "dbg.conv_in", traced.get(2));
        int levels = unet.config().levels();
        for (int i = 0; i < levels; i++) {
            got.put(run + "dbg.down_blocks." + i, traced.get(3 + i));
            got.put(run + "dbg.up_blocks." + i, traced.get(4 + levels + i));
        }
        got.put(run + "dbg.mid_block", traced.get(3 + levels));
        if (folder.names().contains(run + "G")) {
            List<FloatTensor> gradients = unet.gradients(sample, timestep, states, folder.floats(run + "G"), added);
            got.put(run + "grad_encoder_hidden_states", gradients.get(0));
            got.put(run + "grad_sample", gradients.get(1));
        }
    }
}
