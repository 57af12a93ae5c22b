package io.surstream.gateway.rest;

import io.surstream.gateway.admission.InvalidRequestException;
import io.surstream.gateway.admission.JobService;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.images.Images;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.problem.FieldViolation;
import io.surstream.gateway.problem.ProblemException;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.ObjectReference;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The images of a job, straight from the object store. An image never changes, so it may be cached forever. */
@Path(JobDocuments.JOBS + "/{id}/images/{n}")
@Tag(name = "jobs")
public final class ImagesResource {

    private final JobService service;
    private final Images images;
    private final Duration presignedLifetime;

    public ImagesResource(JobService service, Images images, GatewayConfig config) {
        this.service = service;
        this.images = images;
        this.presignedLifetime = config.presignedUrlLifetime();
    }

    @GET
    @Operation(
            summary = "An image",
            description =
                    "PNG; its text chunk \"parameters\" holds the settings. With redirect=presigned the answer is a"
                            + " 307 to a presigned URL of the object store, for large images.")
    @APIResponse(
            responseCode = "200",
            description = "the image; ETag is its SHA-256",
            content = @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "304", description = "If-None-Match named the image's SHA-256")
    @APIResponse(responseCode = "307", description = "redirect=presigned: where the object store serves it")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    public Response image(
            @PathParam("id") String id,
            @Parameter(description = "number of the image, from 0") @PathParam("n") String n,
            @Parameter(description = "presigned, or absent", schema = @Schema(enumeration = "presigned"))
                    @QueryParam("redirect")
                    String redirect,
            @Context Request request) {
        if (redirect != null && !redirect.equals("presigned")) {
            throw new InvalidRequestException(
                    List.of(FieldViolation.invalid("redirect", '"' + redirect + '"', "presigned or absent")));
        }
        Job job = service.find(id);
        int index = index(job, n);
        ObjectReference object = job.getImages().getImages(index).getObject();
        if (redirect != null) {
            return Response.temporaryRedirect(images.presign(object, presignedLifetime)
                            .orElseThrow(() -> ProblemException.imageGone(job, index)))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        EntityTag tag = new EntityTag(object.getSha256());
        ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null ? unchanged : whole(job, index, object))
                .tag(tag)
                // With CORS the answer names the origin that asked, and a browser keeps this one for a year.
                .header(HttpHeaders.VARY, "Origin")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .build();
    }

    private ResponseBuilder whole(Job job, int index, ObjectReference object) {
        byte[] content = images.content(object).orElseThrow(() -> ProblemException.imageGone(job, index));
        return Response.ok(content, object.getContentType().isEmpty() ? "image/png" : object.getContentType())
                // HEAD tells it too.
                .header(HttpHeaders.CONTENT_LENGTH, content.length)
                .header("Content-Disposition", "inline; filename=\"%s-%d.png\"".formatted(job.getJobId(), index));
    }

    private static int index(Job job, String n) {
        if (!JobStates.ended(job)) {
            throw ProblemException.notReady(job);
        }
        if (job.getState() != State.SUCCEEDED) {
            throw ProblemException.noImages(job);
        }
        if (!n.matches("[0-9]{1,6}") || Integer.parseInt(n) >= job.getImages().getImagesCount()) {
            throw ProblemException.unknownImage(job, n);
        }
        return Integer.parseInt(n);
    }
}
