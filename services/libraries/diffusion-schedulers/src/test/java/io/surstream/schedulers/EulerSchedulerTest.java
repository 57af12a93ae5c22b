package io.surstream.schedulers;

class EulerSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "euler";
    }
}
