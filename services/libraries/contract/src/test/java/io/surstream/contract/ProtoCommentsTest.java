package io.surstream.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.schedulers.SchedulerNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the .proto files say of the rules is what the rules say. */
class ProtoCommentsTest {
    private static final Path FILES = Path.of("../../../proto/src/main/protobuf/surstream/v1");

    @Test
    void the_comment_on_schedulers_names_all_of_them_and_no_other() throws IOException {
        String all = String.join(", ", SchedulerNames.all());

        assertTrue(Files.readString(FILES.resolve("common.proto")).contains("// One of " + all + ".\n"), all);
    }

    @Test
    void the_comment_on_job_ids_says_their_limit() throws IOException {
        String events = Files.readString(FILES.resolve("events.proto"));
        String common = Files.readString(FILES.resolve("common.proto"));

        assertAll(
                () -> assertTrue(events.contains("// Names the job permanently: " + JobId.LIMIT + ".\n"), JobId.LIMIT),
                () -> assertTrue(common.contains("a revision: " + JobId.LIMIT), JobId.LIMIT));
    }
}
