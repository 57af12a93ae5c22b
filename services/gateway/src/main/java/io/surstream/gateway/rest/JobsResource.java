package io.surstream.gateway.rest;

import io.surstream.gateway.admission.InvalidRequestException;
import io.surstream.gateway.admission.JobRequestReader;
import io.surstream.gateway.admission.JobService;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.images.Images;
import io.surstream.gateway.problem.FieldViolation;
import io.surstream.gateway.problem.ProblemException;
import io.surstream.v1.Job;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs over REST: submit, look up, cancel. */
@Path(JobDocuments.JOBS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs", description = "A prompt becomes images")
public final class JobsResource {

    private final JobService service;
    private final Images images;
    private final JobRequestReader reader;
    private final long maxBodyBytes;

    public JobsResource(JobService service, JobRequestReader reader, Images images, GatewayConfig config) {
        this.service = service;
        this.images = images;
        this.reader = reader;
        this.maxBodyBytes = config.maxBodySize().asLongValue();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit a prompt",
            description =
                    "Responds as soon as Kafka has the job. With an Idempotency-Key the same request always names the same"
                            + " job: sending it again returns that job and starts nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = JobRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "shortest",
                                        value =
                                                "{\"prompt\": \"2 heart, blue, side by side, white background, flat\"}"),
                                @ExampleObject(
                                        name = "with settings",
                                        value = "{\"prompt\": \"three stars the colour of blood lined up in the dark\","
                                                + " \"negative_prompt\": \"green\", \"seed\": 7, \"steps\": 20,"
                                                + " \"guidance_scale\": 5, \"scheduler\": \"dpmpp-2m\","
                                                + " \"num_images\": 2}")
                            }))
    @APIResponse(
            responseCode = "202",
            description = "The job is accepted; Location is its address",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "The Idempotency-Key already names this job; nothing new was started",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "413", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    @APIResponse(responseCode = "429", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response submit(
            @Parameter(description = "1 to 255 characters; names the request, so that sending it again is harmless")
                    @HeaderParam("Idempotency-Key")
                    String idempotencyKey,
            @Parameter(description = "W3C trace context; the job's events belong to this trace")
                    @HeaderParam("traceparent")
                    String traceparent,
            InputStream body)
            throws IOException {
        JobService.Receipt receipt = service.submit(
                reader.read(bounded(body)), Optional.ofNullable(idempotencyKey), Optional.ofNullable(traceparent));
        Job job = receipt.job();
        return Response.status(receipt.isNew() ? Response.Status.ACCEPTED : Response.Status.OK)
                // Not location(): it adds this server's own scheme and host, which are not those of a proxy before it.
                .header(HttpHeaders.LOCATION, JobDocuments.path(job.getJobId()))
                .entity(JobDocuments.of(job))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Look a job up")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response job(@PathParam("id") String id) {
        Job job = service.find(id);
        return Response.ok(JobDocuments.of(job))
                .header("Cache-Control", "no-cache")
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Cancel a job, or remove one",
            description =
                    "Requests cancellation of the job. Repeating the request is harmless. A sampler that is storing its last"
                            + " image at this moment may still win; the job is SUCCEEDED then. With purge=true a job"
                            + " that has ended is removed instead, with its images, from every gateway; its id answers"
                            + " 410 from then on, for the retention. Purging again is harmless.")
    @APIResponse(
            responseCode = "202",
            description = "The cancellation was requested",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(responseCode = "204", description = "purge=true: the job is removed")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response cancel(
            @PathParam("id") String id,
            @Parameter(
                            description = "true removes a job that has ended, with its images",
                            schema =
                                    @Schema(
                                            enumeration = {"true", "false"},
                                            defaultValue = "false"))
                    @QueryParam("purge")
                    String purge) {
        if (purge != null && !purge.equals("true") && !purge.equals("false")) {
            throw new InvalidRequestException(
                    List.of(FieldViolation.invalid("purge", '"' + purge + '"', "true, false or absent")));
        }
        if ("true".equals(purge)) {
            service.purge(id, images::delete);
            return Response.noContent().build();
        }
        return Response.accepted(JobDocuments.of(service.cancel(id, "cancelled by its client")))
                .build();
    }

    private byte[] bounded(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(Math.toIntExact(maxBodyBytes + 1));
        if (bytes.length > maxBodyBytes) {
            throw ProblemException.bodyTooLarge(bytes.length + body.skip(Long.MAX_VALUE), maxBodyBytes);
        }
        return bytes;
    }
}
