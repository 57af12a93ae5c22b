package io.surstream.schedulers;

class EulerAncestralSchedulerTest extends SchedulerContract {
    @Override
    String name() {
        return "euler-ancestral";
    }
}
