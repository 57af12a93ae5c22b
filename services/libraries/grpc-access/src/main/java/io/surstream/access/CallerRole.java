package io.surstream.access;

import io.grpc.MethodDescriptor;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.EvaluatorGrpc;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.TrainerGrpc;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who may call what by gRPC: the one table. No service calls another one by gRPC, so none of them is listed here; a
 * method that nobody has here is closed to everybody.
 */
public enum CallerRole {
    /** An external program that requests images and asks for them by calls. */
    PROMPT_APP(
            "prompt-app",
            PromptEncoderGrpc.getEncodeMethod(),
            PromptEncoderGrpc.getEncodeStreamMethod(),
            ImageSamplerGrpc.getSampleMethod()),
    /** An external program that requests the teacher's vectors of sentences. */
    EMBEDDING_APP("embedding-app", LlmTeacherGrpc.getEmbedMethod(), LlmTeacherGrpc.getEmbedStreamMethod()),
    /** A person, or their scripts, with {@code dataset}, training runs and evaluations. */
    OPERATOR(
            "operator",
            CuratorGrpc.getImportMethod(),
            CuratorGrpc.getReportMethod(),
            TrainerGrpc.getStartRunMethod(),
            TrainerGrpc.getStopRunMethod(),
            TrainerGrpc.getWatchRunMethod(),
            EvaluatorGrpc.getEvaluateMethod());

    private final String title;
    private final List<String> methods;

    CallerRole(String title, MethodDescriptor<?, ?>... methods) {
        this.title = title;
        this.methods =
                Arrays.stream(methods).map(MethodDescriptor::getFullMethodName).toList();
    }

    /** Its name in settings, and that of its callers unless a setting says other names. */
    public String title() {
        return title;
    }

    /** Full names of all that it may call, as {@code surstream.v1.Curator/Import}. */
    public List<String> methods() {
        return methods;
    }

    /** Those that may call a method; empty for one that nobody may. */
    public static Set<CallerRole> allowed(String fullMethodName) {
        Set<CallerRole> roles = EnumSet.noneOf(CallerRole.class);
        for (CallerRole role : values()) {
            if (role.methods.contains(fullMethodName)) {
                roles.add(role);
            }
        }
        return roles;
    }
}
