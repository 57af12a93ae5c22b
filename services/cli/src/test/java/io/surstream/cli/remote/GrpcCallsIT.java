package io.surstream.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.ImportProgressed;
import io.surstream.v1.ImportRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that answers and then does nothing any more, its connection open, as that of a host that has lost its power. */
class GrpcCallsIT {
    private final EventLoopGroup accepting = new NioEventLoopGroup(1);
    private final EventLoopGroup serving = new NioEventLoopGroup(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private Server service;

    @BeforeEach
    void start() throws IOException {
        service = NettyServerBuilder.forPort(0)
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(serving)
                .addService(new CuratorGrpc.CuratorImplBase() {
                    @Override
                    public void import_(ImportRequest request, StreamObserver<ImportProgressed> answers) {
                        answers.onNext(
                                ImportProgressed.newBuilder().setItemsRead(3).build());
                    }
                })
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        service.shutdownNow();
        accepting.shutdownGracefully();
        serving.shutdownGracefully();
    }

    @Test
    void a_call_whose_service_vanishes_ends_as_away() {
        GrpcCalls calls = new GrpcCalls();
        calls.address = "127.0.0.1:" + service.getPort();
        // gRPC makes at least 10 s of it before it asks.
        calls.silence = Duration.ofSeconds(1);

        CallFailedException end = assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThrows(
                        CallFailedException.class,
                        () -> calls.with(channel -> {
                            Iterator<ImportProgressed> answers =
                                    CuratorGrpc.newBlockingStub(channel).import_(ImportRequest.getDefaultInstance());
                            assertEquals(3, answers.next().getItemsRead());
                            vanish();
                            return answers.next();
                        })));

        assertTrue(end.isAway(), end::getMessage);
    }

    /** Whoever handles the connection does something else until the test is over. */
    private void vanish() {
        serving.execute(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
