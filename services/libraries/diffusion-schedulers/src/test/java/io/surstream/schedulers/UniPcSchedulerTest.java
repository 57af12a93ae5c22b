package io.surstream.schedulers;

class UniPcSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "unipc";
    }
}
