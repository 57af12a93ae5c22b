package io.surstream.schedulers;

class DdimSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "ddim";
    }
}
