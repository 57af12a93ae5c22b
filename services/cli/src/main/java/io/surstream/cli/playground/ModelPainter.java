package io.surstream.cli.playground;

import io.surstream.models.pipeline.StepListener;
import io.surstream.models.pipeline.TextToImage;
import io.surstream.playground.score.Painter;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paints with a model in this process. */
final class ModelPainter implements Painter {
    private final TextToImage pipeline;
    private final SamplingSettings request;

    /** @param request everything but the seed */
    ModelPainter(TextToImage pipeline, SamplingSettings request) {
        this.pipeline = pipeline;
        this.request = request;
    }

    @Override
    public List<PlaygroundImage> paint(List<Request> requests) throws IOException {
        List<PlaygroundImage> images = new ArrayList<>();
        for (Request one : requests) {
            byte[] png = pipeline.sample(
                            one.prompt(),
                            "",
                            request.toBuilder().setSeed(one.seed()).build(),
                            Optional.empty(),
                            StepListener.NONE)
                    .get(0);
            images.add(PlaygroundImage.fromPng(png));
        }
        return images;
    }
}
