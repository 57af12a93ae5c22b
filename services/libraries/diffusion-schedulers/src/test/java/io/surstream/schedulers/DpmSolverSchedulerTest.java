package io.surstream.schedulers;

class DpmSolverSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "dpmpp-2m";
    }
}
