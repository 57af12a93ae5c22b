package io.surstream.gateway.rest;

import io.surstream.gateway.admission.InvalidRequestException;
import io.surstream.gateway.jobs.ViewNotReadyException;
import io.surstream.gateway.problem.Problem;
import io.surstream.gateway.problem.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever went wrong into problem details; a user never sees a stack trace. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    public Response invalid(InvalidRequestException e) {
        return response(Problem.invalid(e.violations())).build();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        if (e.problem().status() >= 500) {
            LOG.warn(e.getMessage(), e.getCause());
        }
        ResponseBuilder response = response(e.problem());
        e.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        return response.build();
    }

    @ServerExceptionMapper
    public Response notReady(ViewNotReadyException e) {
        return problem(ProblemException.unavailable(e.getMessage(), null));
    }

    /** What the REST layer itself refuses: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        Response given = e.getResponse();
        if (given.getStatus() < 400 || given.hasEntity()) {
            return given;
        }
        String reason = given.getStatusInfo().getReasonPhrase();
        ResponseBuilder response =
                response(Problem.of(given.getStatus(), "http-" + given.getStatus(), reason, e.getMessage()));
        given.getStringHeaders().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return response.type(Problem.MEDIA_TYPE).build();
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e) {
        LOG.error("a request failed unexpectedly", e);
        return response(Problem.of(
                        500,
                        "internal",
                        "Internal error",
                        "something went wrong in the gateway; its log says more. The request may be sent again"))
                .build();
    }

    private static ResponseBuilder response(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
