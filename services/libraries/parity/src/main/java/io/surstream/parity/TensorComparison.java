package io.surstream.parity;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.Set;

/**
 * The rule by which an output counts as equal: floating point within the case's tolerance, whole numbers exactly, levels of an
 * 8-bit image within one.
 */
final class TensorComparison {
    // rounding edges of an image may fall either way
    private static final Set<String> EIGHT_BIT_IMAGES = Set.of("image_uint8");

    private final CaseFolder folder;
    private final String caseName;

    TensorComparison(CaseFolder folder, String caseName) {
        this.folder = folder;
        this.caseName = caseName;
    }

    ParityRow compare(String name, HostTensor expected, HostTensor got) {
        if (got == null) {
            return ParityRow.failure(caseName, name, "our code gave no such tensor");
        }
        if (!Arrays.equals(expected.shape(), got.shape())) {
            return ParityRow.failure(
                    caseName,
                    name,
                    "shape is " + Arrays.toString(got.shape()) + ", expected " + Arrays.toString(expected.shape()));
        }
        return measure(name, expected, got);
    }

    private ParityRow measure(String name, HostTensor expected, HostTensor got) {
        double absolute = absoluteTolerance(name, expected);
        double relative =
                folder.json().path("suggested_rel_tolerance").path(name).asDouble(0);
        ElementMask mask = ElementMask.of(folder, name, expected);
        double largest = 0;
        boolean passed = true;
        for (int i = 0; i < expected.size(); i++) {
            double want = value(expected, i);
            double error = Math.abs(want - value(got, i));
            if (mask != null && mask.leavesOut(i)) {
                passed &= mask.allows(error);
                continue;
            }
            if (Double.isNaN(error)) {
                return ParityRow.failure(
                        caseName, name, "element " + i + " is " + value(got, i) + ", expected " + want);
            }
            largest = Math.max(largest, error);
            passed &= error <= Math.max(absolute, relative * Math.abs(want));
        }
        String reason = passed ? "" : expected instanceof LongTensor ? "whole numbers differ" : "beyond the tolerance";
        return new ParityRow(caseName, name, largest, absolute, passed, reason);
    }

    private double absoluteTolerance(String name, HostTensor expected) {
        if (expected instanceof LongTensor) {
            return EIGHT_BIT_IMAGES.contains(name) ? 1 : 0;
        }
        return folder.tolerance(name);
    }

    private static double value(HostTensor tensor, int i) {
        return tensor instanceof LongTensor whole ? whole.data()[i] : ((FloatTensor) tensor).data()[i];
    }
}
