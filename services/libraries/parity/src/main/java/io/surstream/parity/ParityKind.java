package io.surstream.parity;

import io.surstream.torch.tensor.HostTensor;
import java.util.Map;

/** One kind of golden case: runs our code on a case's inputs. */
public interface ParityKind {
    /** The {@code kind} in case.json that this runs. */
    String kind();

    /**
     * Runs the case.
     *
     * @return tensors under the case's own output names; more than it expects is fine
     */
    Map<String, HostTensor> run(CaseFolder folder);
}
