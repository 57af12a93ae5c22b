package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.platformsetup.SetupStep;
import io.surstream.storage.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketSetupIT {
    @TempDir
    static Path data;

    private static EmbeddedS3 s3;

    @BeforeAll
    static void start() {
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(data));
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static StoreSettings settings() {
        return StoreSettings.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), "made-by-setup");
    }

    @Test
    void setup_makes_the_bucket_once_and_says_what_this_store_cannot_have() {
        try (BucketSetup setup = new BucketSetup(settings(), OptionalInt.empty())) {
            List<SetupStep> first = setup.steps();
            assertEquals(List.of(SetupStep.State.MISSING), states(first));
            first.get(0).take();

            List<SetupStep> second = setup.steps();
            assertEquals(SetupStep.State.PRESENT, second.get(0).state());
            assertEquals(
                    List.of(SetupStep.State.UNSUPPORTED, SetupStep.State.UNSUPPORTED, SetupStep.State.UNSUPPORTED),
                    states(second.subList(1, second.size())));
        }
    }

    private static List<SetupStep.State> states(List<SetupStep> steps) {
        return steps.stream().map(SetupStep::state).toList();
    }
}
