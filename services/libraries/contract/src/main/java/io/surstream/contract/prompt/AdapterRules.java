package io.surstream.contract.prompt;

import static io.surstream.contract.failure.Failures.invalid;

import io.surstream.contract.ResourceName;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import java.util.ArrayList;
import java.util.List;

/** How an adapter may be named and weighted; whether there is one of that name only the encoder knows. Pure. */
final class AdapterRules {
    static final String WEIGHT = "a finite number from 0 to 1";

    private static final String NAME = "none, live, canary or a revision of " + ResourceName.LIMIT;

    private AdapterRules() {}

    static List<Failure> problems(AdapterChoice choice) {
        List<Failure> problems = new ArrayList<>();
        if (!choice.getAdapter().isEmpty() && !ResourceName.isValid(choice.getAdapter())) {
            problems.add(invalid("adapter", choice.getAdapter(), NAME));
        }
        float weight = choice.getAdapterWeight();
        if (!(weight >= 0 && weight <= 1)) {
            problems.add(invalid("adapter_weight", weight, WEIGHT));
        }
        return problems;
    }
}
