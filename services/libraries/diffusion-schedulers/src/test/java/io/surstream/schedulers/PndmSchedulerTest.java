package io.surstream.schedulers;

class PndmSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "pndm";
    }
}
