package io.surstream.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.surstream.gateway.admission.JobService;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.jobs.JobFeed;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.problem.ProblemException;
import io.surstream.v1.Job;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** A job's way as server-sent events. */
@Path(JobDocuments.JOBS + "/{id}/events")
@Tag(name = "jobs")
public final class JobEventsResource {

    /** Read by nginx, among others, which otherwise hold a stream back until their buffer is full. */
    private static final String BUFFERING = "X-Accel-Buffering";

    private static final String LIVE = "no-cache, no-transform";

    private final JobService service;
    private final JobFeed feed;
    private final Heartbeats heartbeats;
    private final ShutdownNotifier shutdown;
    private final Sse sse;
    private final int maxStreams;

    public JobEventsResource(
            JobService service,
            JobFeed feed,
            Heartbeats heartbeats,
            ShutdownNotifier shutdown,
            Sse sse,
            GatewayConfig config) {
        this.service = service;
        this.feed = feed;
        this.heartbeats = heartbeats;
        this.shutdown = shutdown;
        this.sse = sse;
        this.maxStreams = config.maxEventStreams();
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = BUFFERING, value = "no")
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = LIVE)
    @Operation(
            summary = "Watch a job",
            description =
                    "Events \"state\" carry the whole job, events \"progress\" the steps done. The stream begins with"
                            + " the present state, so nothing is lost by connecting late or again, and ends with the final state,"
                            + " or early when the server stops; then reconnect."
                            + " A client that reconnects after the end (Last-Event-ID of the final event) gets 204, on which"
                            + " browsers stop reconnecting.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = JobDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "progress",
                                            value = "id: 12884901895\nevent: progress\n"
                                                    + "data: {\"steps_done\":7,\"steps_total\":20}\n\n")))
    @APIResponse(responseCode = "204", description = "The job has ended and the client has seen its end")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "429", ref = "Problem")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @Parameter(description = "sent by browsers when they reconnect") @HeaderParam("Last-Event-ID")
                    String lastEventId) {
        Job job = service.find(id);
        if (JobStates.ended(job) && eventId(job).equals(lastEventId)) {
            throw new WebApplicationException(Response.noContent().build());
        }
        if (feed.watching() >= maxStreams) {
            throw ProblemException.tooManyStreams(maxStreams);
        }
        return JobStream.open(id, feed, () -> service.find(id), heartbeats, shutdown)
                .map(new Writer());
    }

    /** Without this method, HEAD would wait for the end of the job. */
    @HEAD
    @Operation(hidden = true)
    public Response head(@PathParam("id") String id) {
        service.find(id);
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(BUFFERING, "no")
                .header(HttpHeaders.CACHE_CONTROL, LIVE)
                .build();
    }

    private static String eventId(Job job) {
        return Long.toString(JobStates.version(job));
    }

    /** Writes what is new since the snapshot before: the state, the progress, or, when nothing is, a comment. */
    private final class Writer implements Function<Job, OutboundSseEvent> {

        private Job last;

        @Override
        public OutboundSseEvent apply(Job job) {
            Job before = last;
            last = job;
            if (before == job) {
                return sse.newEventBuilder().comment("still " + job.getState()).build();
            }
            boolean sameState = before != null && before.getState() == job.getState();
            return sse.newEventBuilder()
                    .id(eventId(job))
                    .name(sameState ? "progress" : "state")
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(sameState ? JobDocuments.progress(job) : JobDocuments.of(job))
                    .build();
        }
    }
}
