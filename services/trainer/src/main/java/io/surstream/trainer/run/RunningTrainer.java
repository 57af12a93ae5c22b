package io.surstream.trainer.run;

import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.kafka.TrainerWorkers;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.train.RunOpener;
import io.surstream.v1.TeacherChoice;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A trainer that has joined its cluster: takes requests in and carries runs, one at a time. */
public final class RunningTrainer implements ServiceWorkers {
    private final TrainerWorkers workers;
    private final RunScheduler scheduler;
    private final CountDownLatch leaving;

    private RunningTrainer(TrainerWorkers workers, RunScheduler scheduler, CountDownLatch leaving) {
        this.workers = workers;
        this.scheduler = scheduler;
        this.leaving = leaving;
    }

    /**
     * @param objects the caller's
     * @param instance this process's name in events; a life's own number is added to it
     */
    public static RunningTrainer start(
            EventStreaming streaming,
            ObjectStore objects,
            RunRequests requests,
            RunOpener opener,
            TrainerMeters meters,
            TrainerConfig config,
            String instance) {
        objects.ensureBucket();
        TrainerWorkers workers = TrainerWorkers.start(streaming, requests.register(), requests.watch(), config.group());
        requests.connected(workers::publish);
        CountDownLatch leaving = new CountDownLatch(1);
        RunContext context = new RunContext(
                instance + "-" + UUID.randomUUID().toString().substring(0, 8),
                objects,
                workers::publish,
                workers::examples,
                workers::promoted,
                opener,
                meters,
                workers::scope,
                leaving,
                limits(config, instance));
        return new RunningTrainer(workers, RunScheduler.start(context), leaving);
    }

    private static RunContext.Limits limits(TrainerConfig config, String instance) {
        TeacherChoice.Builder teacher = TeacherChoice.newBuilder();
        config.teacher()
                .ifPresent(name ->
                        teacher.setTeacher(name).setLayer(config.teacherLayer()).setPooling(config.teacherPooling()));
        return new RunContext.Limits(
                config.work().resolve("runs").resolve(instance),
                teacher.build(),
                config.idleTimeout(),
                config.progressInterval(),
                config.heartbeat(),
                config.leaseTimeout(),
                config.poll(),
                config.drain(),
                config.maxAttempts(),
                config.maxSkippedSteps());
    }

    @Override
    public boolean isReady() {
        return workers.isReady();
    }

    @Override
    public boolean isLive() {
        return workers.isLive() && scheduler.isLive();
    }

    /** The active run becomes a checkpoint and is handed back. */
    @Override
    public void close() {
        leaving.countDown();
        scheduler.close();
        workers.close();
    }
}
