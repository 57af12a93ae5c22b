package io.surstream.evaluation.paint;

import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.pipeline.Sampling;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Optional;

/** Draws all requests of a call together, one call of the UNet a step, with an empty negative prompt. Thread-safe. */
final class BatchPainter implements ImagePainter {
    private final PaintingModel model;
    private final LatentDecoder decoder;
    private final Sampling sampling;
    private final Optional<AppliedAdapter> adapter;
    private final FloatTensor negative;

    BatchPainter(PaintingModel model, Sampling sampling, Optional<AppliedAdapter> adapter) {
        this.model = model;
        this.decoder = model.decoder();
        this.sampling = sampling;
        this.adapter = adapter;
        this.negative = model.embedder().embed("").embeds();
    }

    @Override
    public List<RgbImage> paint(List<PaintRequest> requests) {
        List<DenoisingJob> jobs = requests.stream().map(this::job).toList();
        return jobs.isEmpty() ? List.of() : decoder.decode(model.denoiser().denoiseTogether(jobs));
    }

    private DenoisingJob job(PaintRequest request) {
        FloatTensor prompt = model.embedder().embed(request.prompt()).embeds();
        List<FloatTensor> pair = adapter.map(
                        one -> PromptEmbedder.adapt(one.network(), negative, prompt, one.weight(), one.both()))
                .orElse(List.of(negative, prompt));
        Sampling own = new Sampling(
                request.seed(),
                sampling.steps(),
                sampling.guidanceScale(),
                sampling.scheduler(),
                1,
                sampling.height(),
                sampling.width());
        return new DenoisingJob(pair.get(1), pair.get(0), own, Optional.empty());
    }
}
