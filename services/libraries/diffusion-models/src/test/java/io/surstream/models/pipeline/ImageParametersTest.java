package io.surstream.models.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ImageParametersTest {
    private static final Sampling SAMPLING = new Sampling(-2, 20, 7.5, "euler-ancestral", 2, 64, 96);

    @Test
    void the_text_is_laid_out_as_the_web_ui_does() {
        String text = ImageParameters.of(
                        "a fox", "blurry, text", SAMPLING, 0, "playground", ImageParameters.Adapter.NONE)
                .text();

        assertEquals("""
                a fox
                Negative prompt: blurry, text
                Steps: 20, Sampler: Euler a, CFG scale: 7.5, Seed: 18446744073709551614, Size: 96x64, Model: playground""", text);
    }

    @Test
    void an_empty_negative_prompt_has_no_line_and_each_image_its_own_seed() {
        Sampling whole = new Sampling(41, 20, 4, "ddim", 2, 64, 64);

        String text = ImageParameters.of("a fox", "", whole, 1, "playground", new ImageParameters.Adapter("0f3a", 0.1f))
                .text();

        assertEquals("""
                a fox
                Steps: 20, Sampler: DDIM, CFG scale: 4, Seed: 42, Size: 64x64, Model: playground, SUR adapter: 0f3a (0.1)""", text);
    }
}
