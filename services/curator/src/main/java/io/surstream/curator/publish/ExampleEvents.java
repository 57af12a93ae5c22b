package io.surstream.curator.publish;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.select.Digest64;
import io.surstream.curator.text.Checked;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ObjectReference;

/**
 * Examples as events. The same item gives the same bytes: the time is that of the import's first start.
 *
 * @param source kind of the source
 * @param startedAtMs when the import first began
 */
public record ExampleEvents(String dataset, String source, long startedAtMs) {

    public ExampleCurated event(SourceItem item, InspectedImage image, Checked checked, ObjectReference object) {
        String sentence = checked.caption().sentence();
        ExampleCurated.Builder event = ExampleCurated.newBuilder()
                .setExampleId(Digest64.hex(image.sha256(), sentence, item.prompt()))
                .setDataset(dataset)
                .setSource(source)
                .setSourceId(item.id())
                .setSimplePrompt(sentence)
                .setComplexPrompt(item.prompt())
                .setNegativePrompt(item.negativePrompt())
                .setImage(object)
                .setWidth(image.width())
                .setHeight(image.height())
                .setCaptioner(checked.caption().captioner())
                .addAllSafetyFlags(item.flags())
                .setCuratedAtMs(startedAtMs);
        checked.similarity().ifPresent(event::setSimilarity);
        return event.build();
    }
}
