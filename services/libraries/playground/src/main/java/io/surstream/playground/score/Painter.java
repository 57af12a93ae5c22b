package io.surstream.playground.score;

import io.surstream.playground.world.PlaygroundImage;
import java.io.IOException;
import java.util.List;

/** Whatever draws images for prompts: a model in this process, or a running system behind events. */
@FunctionalInterface
public interface Painter {

    /** One image to draw; the same prompt and seed give the same image. */
    record Request(String prompt, long seed) {}

    /** One image a request, in the order of the requests. */
    List<PlaygroundImage> paint(List<Request> requests) throws IOException;
}
