package io.surstream.encoder.encode;

import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/** One token a character, a window of 8, states [1, 8, 1] equal to the ids; remembers what it was asked to encode. */
public final class FakeTextEncoding implements TextEncoding {
    public static final int WINDOW = 8;
    final List<Integer> batches = new ArrayList<>();

    @Override
    public String modelRevision() {
        return "fake-1";
    }

    @Override
    public Tokens tokenize(String text) {
        long[] ids = new long[WINDOW];
        for (int i = 0; i < Math.min(WINDOW, text.length()); i++) {
            ids[i] = text.charAt(i);
        }
        return new Tokens(ids, Math.max(0, text.length() - WINDOW));
    }

    @Override
    public List<FloatTensor> encode(List<Tokens> texts) {
        batches.add(texts.size());
        return texts.stream().map(FakeTextEncoding::state).toList();
    }

    private static FloatTensor state(Tokens tokens) {
        float[] values = new float[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            values[i] = tokens.inputIds()[i];
        }
        return FloatTensor.of(values, 1, WINDOW, 1);
    }
}
