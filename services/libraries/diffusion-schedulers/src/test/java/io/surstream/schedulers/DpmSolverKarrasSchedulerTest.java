package io.surstream.schedulers;

class DpmSolverKarrasSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "dpmpp-2m-karras";
    }
}
