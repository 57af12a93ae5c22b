package io.surstream.platformsetup.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.platformsetup.SetupStep;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.S3Call;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The store's part of the services' rights: a policy for each row of {@link StoreAccess}, and an account that has it. By MinIO's admin
 * API; its account must be an administrator's. Closes its connections.
 */
public final class AccountSetup implements AutoCloseable {
    private final StoreSettings settings;
    private final Optional<String> modelBucket;
    private final MinioAdmin admin;

    /** @param modelBucket where models lie, if not in the deployment's bucket */
    public AccountSetup(StoreSettings settings, Optional<String> modelBucket) {
        this.settings = settings;
        this.modelBucket = modelBucket;
        this.admin = new MinioAdmin(settings);
    }

    /**
     * Looks at policies and accounts and changes nothing. Steps are to be taken in this order.
     *
     * @param accounts who is left out has its name as access key, and nobody has said its secret
     */
    public List<SetupStep> steps(Map<StoreAccess, StoreAccount> accounts) {
        Map<String, JsonNode> policies;
        try {
            policies = admin.policies();
        } catch (MinioAdmin.NoAdminApiException e) {
            return List.of(SetupStep.unsupported(
                    "accounts of the store",
                    "not supported by this store: make them by hand, with the policies that --print-policies shows"));
        }
        List<SetupStep> steps = new ArrayList<>();
        for (StoreAccess access : StoreAccess.values()) {
            StorePolicy policy = StorePolicy.of(access, settings.bucket(), modelBucket);
            StoreAccount account = accounts.getOrDefault(access, new StoreAccount(access.user(), Optional.empty()));
            steps.add(policy(policy, Optional.ofNullable(policies.get(policy.name()))));
            steps.addAll(account(account, policy.name()));
        }
        return steps;
    }

    private SetupStep policy(StorePolicy wanted, Optional<JsonNode> found) {
        String object = "store policy " + wanted.name();
        if (found.isEmpty()) {
            return SetupStep.missing(object, "", () -> admin.put(wanted));
        }
        return wanted.saysTheSameAs(found.get())
                ? SetupStep.present(object)
                : SetupStep.different(object, "says something else", () -> admin.put(wanted));
    }

    private List<SetupStep> account(StoreAccount account, String policy) {
        String object = "store account " + account.accessKey();
        Optional<MinioAdmin.User> found = admin.find(account.accessKey());
        if (found.isEmpty()) {
            return List.of(account.secretKey()
                    .map(secretKey -> SetupStep.missing(object, "with policy " + policy, () -> {
                        admin.put(account.accessKey(), secretKey);
                        admin.attach(policy, account.accessKey());
                    }))
                    .orElseGet(() -> SetupStep.left(object, "no secret key is given for it, so it is not made")));
        }
        List<SetupStep> steps = new ArrayList<>();
        if (!found.get().enabled()) {
            steps.add(SetupStep.left(object, "is disabled; enable it by hand"));
        } else {
            account.secretKey()
                    .filter(secretKey -> !signsIn(account.accessKey(), secretKey))
                    .map(secretKey -> SetupStep.different(
                            object,
                            "has another secret key than the given one, gets that",
                            () -> admin.put(account.accessKey(), secretKey)))
                    .ifPresent(steps::add);
        }
        steps.addAll(attachment(object, account, policy, found.get().policies()));
        return steps.isEmpty() ? List.of(SetupStep.present(object)) : steps;
    }

    private List<SetupStep> attachment(String object, StoreAccount account, String policy, Set<String> attached) {
        List<SetupStep> steps = new ArrayList<>();
        if (!attached.contains(policy)) {
            steps.add(SetupStep.different(
                    object, "gets policy " + policy, () -> admin.attach(policy, account.accessKey())));
        }
        Set<String> others = new TreeSet<>(attached);
        others.remove(policy);
        if (!others.isEmpty()) {
            steps.add(SetupStep.left(
                    object, "also has " + String.join(", ", others) + ", more than it needs; take it away by hand"));
        }
        return steps;
    }

    /** Whether the store takes the signature; what the account may do does not matter here. */
    private boolean signsIn(String accessKey, String secretKey) {
        StoreSettings account = settings.withAccount(accessKey, secretKey);
        try (MinioObjectStore store = new MinioObjectStore(account)) {
            store.list("bootstrap/");
            return true;
        } catch (ObjectNotFoundException e) {
            // There is no bucket yet: the store has looked for it, so the signature was right.
            return true;
        } catch (StoreRefusedException e) {
            return !S3Call.isWrongSignature(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
