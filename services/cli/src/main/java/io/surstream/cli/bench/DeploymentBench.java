package io.surstream.cli.bench;

import io.surstream.cli.remote.JobClient;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A separate deployment, started twice on a fresh folder: time to ready, memory, and where the time of a job goes. */
final class DeploymentBench {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration JOB_LIMIT = Duration.ofMinutes(10);
    private static final int STEPS = 20;

    private final Path launcher;
    private final String model;
    private final BenchReport report;
    private final int jobs;

    DeploymentBench(Path root, String model, BenchReport report, int jobs) {
        this.launcher = root.resolve("surstream");
        this.model = model;
        this.report = report;
        this.jobs = jobs;
    }

    void run() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("surstream-bench");
        try {
            measureStart("up", "ready, first start", data);
            measureStart("up", "ready, data there", data);
            Process instance = start(data);
            try {
                TimeUnit.SECONDS.sleep(IDLE.toSeconds());
                report.add(
                        Measurement.of("up", "idle resident memory", "MB", new double[] {residentMegabytes(instance)}));
                measureJobs(RunningInstance.in(data).orElseThrow(), instance);
            } finally {
                stop(instance);
            }
        } finally {
            delete(data);
        }
    }

    private void measureStart(String group, String name, Path data) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process instance = start(data);
        report.add(Measurement.of(group, name, "s", new double[] {(System.nanoTime() - start) / 1e9}));
        stop(instance);
    }

    private Process start(Path data) throws IOException {
        Process instance = new ProcessBuilder(
                        launcher.toString(),
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(freePort()),
                        "--model",
                        model)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(instance.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("SurStream is ready")) {
            instance.destroy();
            throw new CommandFailedException("'surstream up' did not become ready; it said: " + line);
        }
        return instance;
    }

    private void measureJobs(RunningInstance instance, Process process) throws InterruptedException {
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        try (JobClient client = new JobClient(
                        new KafkaSettings(
                                instance.bootstrapServers(), UUID.randomUUID().toString(), Map.of()),
                        new Topics(TopicSettings.defaults()));
                ProgressBar bar = ProgressBar.onTerminal("jobs")) {
            // The first ones warm up the JVM.
            for (int n = -3; n < jobs; n++) {
                Map<String, Double> latency = job(client).parts();
                if (n >= 0) {
                    latency.forEach((part, millis) -> parts.computeIfAbsent(part, key -> new ArrayList<>())
                            .add(millis));
                    bar.show(n + 1, jobs, "jobs");
                }
            }
        }
        parts.forEach((part, millis) -> report.add(Measurement.of(
                "event to image",
                part,
                "ms",
                millis.stream().mapToDouble(Double::doubleValue).toArray())));
        report.add(Measurement.of("up", "resident memory after jobs", "MB", new double[] {residentMegabytes(process)}));
    }

    private static JobLatency job(JobClient client) throws InterruptedException {
        String id = "bench-" + UUID.randomUUID();
        long submitted = System.currentTimeMillis();
        client.submit(PromptSubmitted.newBuilder()
                .setJobId(id)
                .setPrompt("2 heart, blue, side by side, white background, flat")
                .setSampling(SamplingSettings.newBuilder().setSeed(7).setNumInferenceSteps(STEPS))
                .setSubmittedAtMs(submitted)
                .build());
        ImageSampled end = client.await(id, JOB_LIMIT, (done, total) -> {});
        if (!end.hasImages()) {
            throw new CommandFailedException("a job of the bench failed: " + end);
        }
        return new JobLatency(submitted, end.getTimingsList(), System.currentTimeMillis());
    }

    private static double residentMegabytes(Process process) {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static void stop(Process instance) throws InterruptedException {
        instance.destroy();
        instance.waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
