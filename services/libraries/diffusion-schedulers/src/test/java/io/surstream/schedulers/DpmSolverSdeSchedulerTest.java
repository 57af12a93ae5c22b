package io.surstream.schedulers;

class DpmSolverSdeSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "dpmpp-2m-sde";
    }
}
