package io.surstream.gateway.view;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.Job;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A job view alone in a process: says READY and the milliseconds it took, then answers {@code find ID}, {@code rss} and {@code stop}. */
final class ScaleProcess {

    private ScaleProcess() {}

    public static void main(String[] args) throws Exception {
        EventStreaming streaming = new EventStreaming(
                new KafkaSettings(args[0], "scale", Map.of()),
                new Topics(TopicSettings.defaults()),
                "gateway",
                new SimpleMeterRegistry());
        long begin = System.nanoTime();
        try (StreamsJobView view =
                TestViews.of(streaming, Map.of("bootstrap.servers", args[0]), "scale", Path.of(args[1]), job -> {})) {
            view.start();
            while (!view.isRunning()) {
                Thread.sleep(20);
            }
            System.out.println("READY " + (System.nanoTime() - begin) / 1_000_000);
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String question = questions.readLine();
            while (question != null && !question.equals("stop")) {
                System.out.println(answer(view, question));
                question = questions.readLine();
            }
        }
    }

    private static String answer(StreamsJobView view, String question) throws IOException {
        if (question.equals("rss")) {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .reduce("", (one, two) -> one + " " + two);
        }
        return view.find(question.substring("find ".length()))
                .map(Job::getState)
                .map(Enum::name)
                .orElse("UNKNOWN");
    }
}
