package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ModelException;
import io.surstream.models.adapter.AdapterLosses;
import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The distillation losses at two temperatures with their gradients, and the min-SNR weights. */
record SurLossesKind(TorchDevice device) implements ParityKind {
    private static final Pattern BETAS = Pattern.compile("(\\w+) ([\\d.]+)\\.\\.([\\d.]+), (\\d+)");
    private static final List<String> RESULTS = List.of(
            "llm_loss", "prompt_loss", "grad_llm_vec", "grad_encoder_out", "grad_complex_states", "grad_adapter_out");

    @Override
    public String kind() {
        return "sur-losses";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        try (AdapterLosses losses = new AdapterLosses(Reduction.REFERENCE, Direction.REFERENCE, device)) {
            for (String temperature : List.of("T1", "Tx")) {
                List<FloatTensor> results = losses.losses(
                        folder.floats("llm_vec"),
                        folder.floats("encoder_out"),
                        folder.floats("complex_states"),
                        folder.floats("adapter_out"),
                        folder.params().path(temperature).asDouble());
                for (int i = 0; i < results.size(); i++) {
                    got.put(temperature + "." + RESULTS.get(i), results.get(i));
                }
            }
        }
        snr(folder, got);
        return got;
    }

    private static void snr(CaseFolder folder, Map<String, HostTensor> got) {
        NoiseSchedule schedule = schedule(folder.params().path("betas"));
        LongTensor timesteps = folder.longs("timesteps");
        double gamma = folder.params().path("snr_gamma").asDouble();
        float[] snr = new float[timesteps.size()];
        float[] weight = new float[snr.length];
        for (int i = 0; i < snr.length; i++) {
            int t = (int) timesteps.data()[i];
            snr[i] = (float) schedule.snr(t);
            weight[i] = (float) schedule.minSnrWeight(t, gamma, false);
        }
        got.put("snr", FloatTensor.of(snr, snr.length));
        got.put("min_snr_weight", FloatTensor.of(weight, weight.length));
    }

    private static NoiseSchedule schedule(JsonNode betas) {
        Matcher form = BETAS.matcher(betas.asText());
        if (!form.matches()) {
            throw new ModelException("params.betas must be 'schedule start..end, count' but is " + betas);
        }
        return NoiseSchedule.of(SchedulerConfig.parse("{\"_class_name\": \"DDPMScheduler\"}")
                .with("beta_schedule", form.group(1))
                .with("beta_start", Double.parseDouble(form.group(2)))
                .with("beta_end", Double.parseDouble(form.group(3)))
                .with("num_train_timesteps", Integer.parseInt(form.group(4))));
    }
}
