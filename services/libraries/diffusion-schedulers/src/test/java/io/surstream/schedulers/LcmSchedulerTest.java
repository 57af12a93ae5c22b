package io.surstream.schedulers;

class LcmSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "lcm";
    }

    @Override
    int mostSteps() {
        return 50;
    }
}
