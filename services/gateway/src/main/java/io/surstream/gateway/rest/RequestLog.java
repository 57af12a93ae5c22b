package io.surstream.gateway.rest;

import io.surstream.contract.JobId;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Log lines of a request carry the id of the job that it names, as those of the workers do. */
public final class RequestLog {

    private static final String JOB_ID = "jobId";

    @ServerRequestFilter
    public void begin(UriInfo uri) {
        String id = uri.getPathParameters().getFirst("id");
        if (id != null && JobId.isValid(id)) {
            MDC.put(JOB_ID, id);
        }
    }

    @ServerResponseFilter
    public void end() {
        MDC.remove(JOB_ID);
    }
}
