package io.surstream.schedulers;

class DdpmSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "ddpm";
    }
}
