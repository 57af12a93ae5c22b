package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.SharedDeployment;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.Tensor;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the size of real models reach their service, and larger ones are refused in words. Real servers, default clients. */
@Timeout(300)
class GrpcSizesIT {
    private static Deployment deployment;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        deployment = SharedDeployment.get();
        channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", deployment.process().port())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        if (channel != null) {
            channel.shutdownNow();
        }
    }

    /** The bundled model refuses the width: in words of its own, so the message has come through. */
    @ParameterizedTest(name = "width {0}")
    @ValueSource(ints = {768, 1024, 2048})
    void embeddings_of_stable_diffusion_1_2_and_xl_reach_the_sampler(int width) {
        EncodedPrompt wide = encoded().toBuilder()
                .setPromptEmbeds(zeros(1, 77, width))
                .setNegativePromptEmbeds(zeros(1, 77, width))
                .build();

        StatusRuntimeException refused =
                refused(SampleRequest.newBuilder().setPrompt(wide).build());

        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        assertTrue(failure(refused).getField().contains("prompt_embeds"), failure(refused)::toString);
    }

    @Test
    void sixteen_initial_latents_of_the_largest_size_reach_the_sampler() {
        SampleRequest request = SampleRequest.newBuilder()
                .setPrompt(encoded())
                .setInitialLatents(zeros(16, 4, 256, 256))
                .build();

        StatusRuntimeException refused = refused(request);

        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        assertTrue(failure(refused).getMessage().contains("latents"), failure(refused)::toString);
    }

    @Test
    void what_encode_answers_sample_takes() {
        Iterator<?> updates =
                sampler().sample(SampleRequest.newBuilder().setPrompt(encoded()).build());
        int count = 0;
        while (updates.hasNext()) {
            updates.next();
            count++;
        }
        assertTrue(count > 1, "updates: " + count);
    }

    @Test
    void a_message_beyond_the_limit_is_refused_with_limit_and_setting_and_the_next_one_is_served() {
        SampleRequest request = SampleRequest.newBuilder()
                .setPrompt(encoded())
                .setInitialLatents(zeros(33, 4, 256, 256))
                .build();

        StatusRuntimeException refused = refused(request);

        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
        assertEquals("MESSAGE_TOO_LARGE", failure(refused).getType());
        assertEquals("33554432 bytes", failure(refused).getLimit());
        assertTrue(refused.getStatus().getDescription().contains("surstream.grpc.max-message-size"));
        what_encode_answers_sample_takes();
    }

    @Test
    void a_stream_ends_at_a_message_beyond_the_limit_and_the_next_call_is_served() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        CompletableFuture<EncodeResult> first = new CompletableFuture<>();
        StreamObserver<PromptSubmitted> requests = PromptEncoderGrpc.newStub(channel)
                .encodeStream(new StreamObserver<>() {
                    @Override
                    public void onNext(EncodeResult answer) {
                        first.complete(answer);
                    }

                    @Override
                    public void onError(Throwable error) {
                        end.complete(error);
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(null);
                    }
                });
        requests.onNext(TestModel.job().build());
        assertTrue(first.get(1, TimeUnit.MINUTES).hasEncoded());

        requests.onNext(TestModel.job().setPrompt("a".repeat(34_000_000)).build());

        assertEquals(
                Status.Code.RESOURCE_EXHAUSTED,
                Status.fromThrowable(end.get(1, TimeUnit.MINUTES)).getCode());
        encoded();
    }

    @Test
    void the_teachers_door_has_the_same_limit_and_the_same_words() {
        EmbedRequest request =
                EmbedRequest.newBuilder().addPrompts("a".repeat(34_000_000)).build();

        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> LlmTeacherGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(1, TimeUnit.MINUTES)
                        .embed(request));

        assertEquals("MESSAGE_TOO_LARGE", failure(refused).getType());
    }

    @Test
    void a_refusal_of_many_long_values_reaches_a_client_with_default_limits() {
        String endless = "永".repeat(100_000);
        PromptSubmitted wrong = TestModel.job()
                .setPrompt(endless)
                .setNegativePrompt(endless)
                .setJobId(endless)
                .setSampling(TestModel.few().setScheduler(endless))
                .build();

        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> PromptEncoderGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(1, TimeUnit.MINUTES)
                        .encode(wrong));

        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        assertTrue(failure(refused).getField().contains("prompt"), failure(refused)::toString);
    }

    private static EncodedPrompt encoded() {
        return PromptEncoderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .encode(TestModel.job().build());
    }

    private static ImageSamplerGrpc.ImageSamplerBlockingStub sampler() {
        return ImageSamplerGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
    }

    private static StatusRuntimeException refused(SampleRequest request) {
        return assertThrows(
                StatusRuntimeException.class, () -> sampler().sample(request).next());
    }

    private static Failure failure(StatusRuntimeException refused) {
        return FailureStatus.in(refused).orElseThrow(() -> new AssertionError("no words of ours", refused));
    }

    private static Tensor zeros(long... shape) {
        int floats = 1;
        Tensor.Builder tensor = Tensor.newBuilder().setDtype(Tensor.DType.FP32);
        for (long size : shape) {
            floats *= Math.toIntExact(size);
            tensor.addShape(size);
        }
        return tensor.setData(ByteString.copyFrom(new byte[floats * Float.BYTES]))
                .build();
    }
}
