package io.surstream.it.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house that is killed and started again on the same data, and one that starts while another one does. */
@Tag("long")
class RestartIT {
    @TempDir
    Path data;

    @Test
    void killed_deployment_comes_back_with_its_images_and_finishes_the_job_it_had_in_hand() {
        try (Deployment deployment = Deployment.up(data)) {
            PromptSubmitted done = TestModel.job().build();
            deployment.kafka().submit(done);
            deployment.rest().awaitEnd(done.getJobId());
            byte[] image = deployment
                    .rest()
                    .bytes("/v1/jobs/" + done.getJobId() + "/images/0")
                    .body();
            PromptSubmitted underWay =
                    TestModel.job().setSampling(TestModel.many()).build();
            deployment.kafka().submit(underWay);
            deployment.kafka().awaitStep(underWay.getJobId(), 1);

            deployment.kill();
            deployment.start();

            deployment.rest().awaitEnd(done.getJobId());
            assertArrayEquals(
                    image,
                    deployment
                            .rest()
                            .bytes("/v1/jobs/" + done.getJobId() + "/images/0")
                            .body());
            ImageSampled end = deployment.kafka().awaitEnd(underWay.getJobId());
            assertTrue(end.hasImages(), end.toString());
            assertEquals(
                    1,
                    deployment.store().list("images/" + underWay.getJobId() + "/").stream()
                            .filter(object -> object.key().endsWith("/0.png"))
                            .count());
        }
    }

    @Test
    void second_deployment_on_the_same_data_or_port_is_refused_in_one_line() {
        try (Deployment deployment = Deployment.up(data)) {
            ServiceProcess sameData = ServiceProcess.up(data, List.of());
            assertEquals(1, sameData.awaitEnd());
            assertTrue(sameData.output().contains("is in use by another 'surstream up'"), sameData.output());
            assertEquals(1, sameData.output().lines().count(), sameData.output());

            ServiceProcess samePort = ServiceProcess.up(
                    data.resolve("other"), deployment.process().port(), List.of());
            assertEquals(1, samePort.awaitEnd());
            assertTrue(samePort.output().contains("choose another one with --port"), samePort.output());
            assertEquals(1, samePort.output().lines().count(), samePort.output());
        }
    }

    @Test
    void deployments_that_start_at_the_same_moment_choose_different_ports() {
        try (ServiceProcess one = ServiceProcess.up(data.resolve("one"), List.of());
                ServiceProcess two = ServiceProcess.up(data.resolve("two"), List.of())) {
            one.awaitReady();
            two.awaitReady();
        }
    }
}
