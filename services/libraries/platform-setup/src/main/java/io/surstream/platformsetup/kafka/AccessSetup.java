package io.surstream.platformsetup.kafka;

import io.surstream.platformsetup.SetupStep;
import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** The access control lists' part of the setup: what {@link ServiceAccess} says, for these principals. */
final class AccessSetup {
    private static final String ANY_HOST = "*";

    private final Admin admin;
    private final Topics topics;
    private final Map<ServiceAccess, String> principals;

    AccessSetup(Admin admin, Topics topics, Map<ServiceAccess, String> principals) {
        this.admin = admin;
        this.topics = topics;
        this.principals = principals;
    }

    List<SetupStep> steps() {
        Collection<AclBinding> present;
        try {
            present =
                    AdminFutures.await(admin.describeAcls(AclBindingFilter.ANY).values());
        } catch (SecurityDisabledException e) {
            return List.of(SetupStep.unsupported(
                    "access control lists",
                    "the brokers have no authorizer: everyone who reaches them may do everything"));
        }
        List<SetupStep> steps = new ArrayList<>();
        for (ServiceAccess access : ServiceAccess.values()) {
            steps.addAll(steps(access, present));
        }
        return steps;
    }

    private List<SetupStep> steps(ServiceAccess access, Collection<AclBinding> present) {
        String principal = principals.get(access);
        Set<AclBinding> wanted = access.grants(topics).stream()
                .map(grant -> binding(principal, grant))
                .collect(Collectors.toSet());
        Set<AclBinding> own = present.stream()
                .filter(binding -> binding.entry().principal().equals(principal))
                .collect(Collectors.toSet());
        List<SetupStep> steps = new ArrayList<>();
        access.grants(topics).stream()
                .map(grant -> binding(principal, grant))
                .filter(binding -> !own.contains(binding))
                .forEach(binding -> steps.add(SetupStep.missing("access of " + principal, text(binding), () -> {
                    AdminFutures.await(admin.createAcls(List.of(binding)).all());
                })));
        Set<AclBinding> others = new HashSet<>(own);
        others.removeAll(wanted);
        others.stream()
                .map(binding -> SetupStep.left(
                        "access of " + principal,
                        text(binding) + " is more than " + access.user() + " needs; take it away by hand"))
                .forEach(steps::add);
        return steps.isEmpty() ? List.of(SetupStep.present("access of " + principal)) : steps;
    }

    private static AclBinding binding(String principal, AccessGrant grant) {
        return new AclBinding(
                grant.resource(),
                new AccessControlEntry(principal, ANY_HOST, grant.operation(), AclPermissionType.ALLOW));
    }

    private static String text(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        String deny = entry.permissionType() == AclPermissionType.DENY ? "not " : "";
        String host = entry.host().equals(ANY_HOST) ? "" : " from " + entry.host();
        return deny + new AccessGrant(binding.pattern(), entry.operation()) + host;
    }
}
