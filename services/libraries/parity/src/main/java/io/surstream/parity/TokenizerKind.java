package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.LinkedHashMap;
import java.util.Map;

record TokenizerKind() implements ParityKind {
    @Override
    public String kind() {
        return "clip-tokenizer";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        ClipTokenizer tokenizer = ClipTokenizer.load(folder.file("model"));
        int length = folder.params().path("max_length").asInt(77);
        JsonNode prompts = folder.json().path("prompts");
        long[] table = new long[prompts.size() * length];
        Map<String, HostTensor> got = new LinkedHashMap<>();
        for (int n = 0; n < prompts.size(); n++) {
            String prompt = prompts.get(n).path("prompt").asText();
            System.arraycopy(tokenizer.encode(prompt, length), 0, table, n * length, length);
            long[] whole = tokenizer.encode(prompt);
            got.put("full_ids." + n, LongTensor.of(whole, whole.length));
        }
        // The one tensor of such a case, called ids77 after its usual length.
        folder.names().forEach(name -> got.put(name, LongTensor.of(table, prompts.size(), length)));
        return got;
    }
}
