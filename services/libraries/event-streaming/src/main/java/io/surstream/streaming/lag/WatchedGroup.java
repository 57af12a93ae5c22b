package io.surstream.streaming.lag;

import io.surstream.streaming.topic.Topic;

/**
 * A group whose work on one topic is watched.
 *
 * @param shares a share group; otherwise a consumer group
 */
public record WatchedGroup(String group, Topic topic, boolean shares) {

    public static WatchedGroup consumers(String group, Topic topic) {
        return new WatchedGroup(group, topic, false);
    }

    public static WatchedGroup sharers(String group, Topic topic) {
        return new WatchedGroup(group, topic, true);
    }
}
