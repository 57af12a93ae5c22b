package io.surstream.platformsetup.kafka;

import static io.surstream.streaming.topic.Topic.ADAPTERS_PROMOTED;
import static io.surstream.streaming.topic.Topic.CHECKPOINTS_EVALUATED;
import static io.surstream.streaming.topic.Topic.CHECKPOINTS_PUBLISHED;
import static io.surstream.streaming.topic.Topic.DEAD_LETTERS;
import static io.surstream.streaming.topic.Topic.EXAMPLES_CURATED;
import static io.surstream.streaming.topic.Topic.EXAMPLES_EMBEDDED;
import static io.surstream.streaming.topic.Topic.IMAGES_PROGRESSED;
import static io.surstream.streaming.topic.Topic.IMAGES_SAMPLED;
import static io.surstream.streaming.topic.Topic.JOBS;
import static io.surstream.streaming.topic.Topic.JOB_EVENTS;
import static io.surstream.streaming.topic.Topic.PROMPTS_CANCELLED;
import static io.surstream.streaming.topic.Topic.PROMPTS_ENCODED;
import static io.surstream.streaming.topic.Topic.PROMPTS_SUBMITTED;
import static io.surstream.streaming.topic.Topic.TRAINING_PROGRESSED;
import static io.surstream.streaming.topic.Topic.TRAINING_REQUESTED;

import io.surstream.contract.ServiceName;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each user of the cluster does there, and so what it must be allowed: the one table that access control lists are
 * made from. Groups are those of the services' default settings. Nobody here but the restorer may create topics of the
 * catalogue, and nobody may change the cluster: the user who runs {@code surstream bootstrap} does that. Idempotent
 * producers need no right of their own since Kafka 2.8.
 */
public enum ServiceAccess {
    GATEWAY(
            ServiceName.GATEWAY,
            new Rights()
                    .reads(PROMPTS_SUBMITTED, PROMPTS_ENCODED, PROMPTS_CANCELLED)
                    .reads(IMAGES_PROGRESSED, IMAGES_SAMPLED, JOB_EVENTS, JOBS)
                    .writes(PROMPTS_SUBMITTED, PROMPTS_CANCELLED, JOB_EVENTS, JOBS)
                    .streams("surstream-gateway")
                    .describes(EXAMPLES_CURATED)
                    .watchesGroups("image-sampler", "prompt-encoder", "llm-teacher")),
    PROMPT_ENCODER(
            ServiceName.PROMPT_ENCODER,
            new Rights()
                    .reads(PROMPTS_SUBMITTED, PROMPTS_CANCELLED, CHECKPOINTS_PUBLISHED, ADAPTERS_PROMOTED)
                    .writes(PROMPTS_ENCODED, IMAGES_SAMPLED, DEAD_LETTERS)
                    .batchWorker("prompt-encoder")
                    .groupsFrom("prompt-encoder-")),
    IMAGE_SAMPLER(
            ServiceName.IMAGE_SAMPLER,
            new Rights()
                    .reads(PROMPTS_ENCODED, PROMPTS_CANCELLED)
                    .writes(IMAGES_PROGRESSED, IMAGES_SAMPLED, DEAD_LETTERS)
                    .shareWorker("image-sampler")),
    CURATOR(ServiceName.CURATOR, new Rights().writes(EXAMPLES_CURATED)),
    LLM_TEACHER(
            ServiceName.LLM_TEACHER,
            new Rights()
                    .reads(EXAMPLES_CURATED, EXAMPLES_EMBEDDED)
                    .writes(EXAMPLES_EMBEDDED, DEAD_LETTERS)
                    .batchWorker("llm-teacher")),
    TRAINER(
            ServiceName.TRAINER,
            new Rights()
                    .reads(TRAINING_REQUESTED, TRAINING_PROGRESSED)
                    .reads(EXAMPLES_CURATED, EXAMPLES_EMBEDDED, ADAPTERS_PROMOTED)
                    .writes(TRAINING_REQUESTED, TRAINING_PROGRESSED, CHECKPOINTS_PUBLISHED, DEAD_LETTERS)
                    .shareWorker("trainer")),
    EVALUATOR(
            ServiceName.EVALUATOR,
            new Rights()
                    .reads(CHECKPOINTS_PUBLISHED, ADAPTERS_PROMOTED)
                    .writes(CHECKPOINTS_EVALUATED, ADAPTERS_PROMOTED, DEAD_LETTERS)
                    .shareWorker("evaluator")
                    .fencedLog(ADAPTERS_PROMOTED)),
    /** An external program that requests images. */
    PROMPT_APP(
            "prompt-app",
            new Rights()
                    .reads(IMAGES_PROGRESSED, IMAGES_SAMPLED)
                    .writes(PROMPTS_SUBMITTED, PROMPTS_CANCELLED)
                    .groupsFrom("surstream-app-")),
    /** A person with the commands {@code adapters} and {@code train}, who also looks at dead letters. */
    OPERATOR(
            "operator",
            new Rights()
                    .reads(CHECKPOINTS_PUBLISHED, CHECKPOINTS_EVALUATED, ADAPTERS_PROMOTED)
                    .reads(TRAINING_PROGRESSED, DEAD_LETTERS)
                    .writes(CHECKPOINTS_PUBLISHED, ADAPTERS_PROMOTED, TRAINING_REQUESTED)
                    .fencedLog(ADAPTERS_PROMOTED)),
    /** Sees how far consumer groups are behind, and nothing else. */
    AUTOSCALER(
            "autoscaler",
            new Rights().describes(PROMPTS_SUBMITTED, EXAMPLES_CURATED).watchesGroups("prompt-encoder", "llm-teacher")),
    /** The user who runs {@code surstream backup}: sees everything, and changes nothing. */
    BACKUP(
            "backup",
            new Rights()
                    .copies("surstream-gateway", Topic.values())
                    .watchesGroups("surstream-gateway", "prompt-encoder", "image-sampler", "llm-teacher")
                    .watchesGroups("trainer", "evaluator")),
    /** The user who runs {@code surstream restore}: makes topics that are lost, and writes them. */
    RESTORE("restore", new Rights().remakes("surstream-gateway", Topic.values()));

    private final String user;
    private final Rights rights;

    ServiceAccess(ServiceName service, Rights rights) {
        this(service.label(), rights);
    }

    ServiceAccess(String user, Rights rights) {
        this.user = user;
        this.rights = rights;
    }

    /** Whose rights these are: a service by its name, empty for a name that is none. */
    public static Optional<ServiceAccess> of(String user) {
        return Arrays.stream(values())
                .filter(access -> access.user.equals(user))
                .findFirst();
    }

    /** Names of the services; the other entries use or operate them. */
    public static Set<String> services() {
        return Arrays.stream(values())
                .map(ServiceAccess::user)
                .filter(user -> ServiceName.of(user).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Name of the service or role, and of its Kafka user unless another one is configured. */
    public String user() {
        return user;
    }

    public Set<Topic> reads() {
        return rights.topicsFor(Rights.Use.READS);
    }

    public Set<Topic> writes() {
        return rights.topicsFor(Rights.Use.WRITES);
    }

    /** All topics without which it does not work. */
    public Set<Topic> topics() {
        Set<Topic> all = EnumSet.noneOf(Topic.class);
        for (Rights.Use use : Rights.Use.values()) {
            all.addAll(rights.topicsFor(use));
        }
        return all;
    }

    /** Its share group, which must be configured before it is used. */
    public Optional<String> shareGroup() {
        return rights.shareGroup();
    }

    /** Everything it may do, in a fixed order; what a right implies in Kafka is not repeated. */
    public List<AccessGrant> grants(Topics topics) {
        return rights.grants(topics);
    }
}
