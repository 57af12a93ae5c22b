package io.surstream.streaming.share;

import io.surstream.streaming.deadletter.DeadLetter;

/** What is to become of a shared record after an attempt. */
sealed interface Acknowledgement {

    /** Handled; never deliver it again. */
    record Accept() implements Acknowledgement {}

    /** Deliver it again, here or elsewhere. */
    record Release() implements Acknowledgement {}

    /** Publish the letter, then never deliver the record again. */
    record Reject(DeadLetter letter) implements Acknowledgement {}
}
