package io.surstream.parity;

import io.surstream.models.ModelException;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Noise by seed; the case says seed, order of the draw and shape in the names of its outputs. */
record SeedsKind() implements ParityKind {
    private static final Pattern NAME = Pattern.compile("seed_(-?\\d+)_(?:(first|second)_)?\\d+(?:x\\d+)*");

    @Override
    public String kind() {
        return "seeds";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        folder.expected().forEach((name, expected) -> got.put(name, draw(name, expected.shape())));
        return got;
    }

    private static FloatTensor draw(String name, long[] shape) {
        Matcher form = NAME.matcher(name);
        if (!form.matches()) {
            throw new ModelException("output " + name + " does not say its seed as seed_<s>_<shape>");
        }
        TorchGenerator generator = new TorchGenerator(Long.parseLong(form.group(1)));
        float[] drawn = generator.randn(shape);
        return FloatTensor.of("second".equals(form.group(2)) ? generator.randn(shape) : drawn, shape);
    }
}
