package io.surstream.parity;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which elements of an output a case wants compared at its tolerance.
 *
 * @param values 0 where an element is left out; one value for {@code stride} elements in a row
 * @param slack how far a left-out element may be off nevertheless
 */
record ElementMask(HostTensor values, int stride, double slack) {
    private static final String PADDING = "attention_mask";
    private static final Pattern PARAMETER = Pattern.compile("step(\\d+)\\.param\\.(.+)");
    private static final Pattern PARAMETER_MASK = Pattern.compile("mask\\d+\\..+");

    /** Whether the tensor of a case is a mask and no result. */
    static boolean isMask(String name) {
        return PARAMETER_MASK.matcher(name).matches();
    }

    /** The mask of an output, or null where every element counts. */
    static ElementMask of(CaseFolder folder, String output, HostTensor expected) {
        Set<String> names = folder.names();
        Matcher parameter = PARAMETER.matcher(output);
        if (parameter.matches()) {
            String mask = "mask" + parameter.group(1) + "." + parameter.group(2);
            // where a gradient is rounding noise, Adam makes steps of up to the learning rate out of it, either way
            double slack = 2 * folder.params().path("lr").asDouble() * Integer.parseInt(parameter.group(1));
            return names.contains(mask) ? new ElementMask(folder.tensor(mask), 1, slack) : null;
        }
        // positions of the padding carry whatever it gave
        boolean padded = names.contains(PADDING)
                && startsWith(expected.shape(), folder.tensor(PADDING).shape());
        return padded ? padding(folder.tensor(PADDING), expected) : null;
    }

    private static ElementMask padding(HostTensor mask, HostTensor expected) {
        return new ElementMask(mask, expected.size() / mask.size(), Double.POSITIVE_INFINITY);
    }

    private static boolean startsWith(long[] shape, long[] prefix) {
        return shape.length >= prefix.length && Arrays.equals(Arrays.copyOf(shape, prefix.length), prefix);
    }

    /** Whether a left-out element may be off by that much; behind padding it may even be no number. */
    boolean allows(double error) {
        return error <= slack || Double.isInfinite(slack);
    }

    boolean leavesOut(int element) {
        int i = element / stride;
        return values instanceof LongTensor whole ? whole.data()[i] == 0 : ((FloatTensor) values).data()[i] == 0;
    }
}
