package io.surstream.streaming.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupBacklogTest {

    private final Logger logger = Logger.getLogger(GroupBacklog.class.getName());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch asking = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(ear);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(ear);
    }

    @Test
    void closing_while_a_question_is_open_ends_it_without_a_word() throws Exception {
        GroupBacklog backlog = new GroupBacklog(
                        this::silentCluster,
                        new Topics(TopicSettings.defaults()),
                        List.of(WatchedGroup.sharers("samplers", Topic.PROMPTS_ENCODED)),
                        new SimpleMeterRegistry())
                .start(Duration.ofHours(1));
        assertTrue(asking.await(30, TimeUnit.SECONDS));

        backlog.close();

        assertEquals(List.of(), said);
    }

    private Admin silentCluster() {
        asking.countDown();
        try {
            never.await();
            throw new IllegalStateException("nobody counts down");
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
