package io.surstream.teacher.validation;

import io.surstream.models.llama.Pooling;
import java.util.List;

/**
 * What a caller wants to know, checked without the model.
 *
 * @param layer of the service's choice where the caller names none
 */
public record ValidEmbedRequest(List<String> prompts, int layer, Pooling pooling) {}
