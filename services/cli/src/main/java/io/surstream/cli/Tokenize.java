package io.surstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.models.tokenizer.Token;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the text encoder gets to read. */
@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        description = "Print the token ids and pieces of a text, including start and end.")
final class Tokenize implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "REF",
            description = "playground, a model folder or hf://owner/name, or a tokenizer's own folder"
                    + " (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Mixin
    JsonOption json;

    @Parameters(paramLabel = "TEXT", description = "The text.")
    String text;

    @Override
    public Integer call() throws JsonProcessingException {
        ClipTokenizer tokenizer = ClipTokenizer.load(folder());
        List<Token> tokens = tokenizer.tokenize(text);
        PrintWriter out = command.commandLine().getOut();
        if (json.isWanted()) {
            out.println(new ObjectMapper().writeValueAsString(document(tokenizer, tokens)));
        } else {
            out.printf("%8d  <start>%n", tokenizer.startId());
            tokens.forEach(token -> out.printf("%8d  %s%n", token.id(), token.piece()));
            out.printf("%8d  <end>%n", tokenizer.endId());
            out.printf("%d tokens of at most %d%n", tokens.size() + 2, tokenizer.maxLength());
        }
        out.flush();
        return 0;
    }

    private Path folder() {
        Path own = Path.of(model);
        boolean isTokenizer = Files.exists(own.resolve("tokenizer.json")) || Files.exists(own.resolve("vocab.json"));
        return isTokenizer
                ? own
                : ModelResolver.standard(Map.of()).resolve(model).component("tokenizer");
    }

    private static ObjectNode document(ClipTokenizer tokenizer, List<Token> tokens) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        ArrayNode ids = document.putArray("ids").add(tokenizer.startId());
        ArrayNode pieces = document.putArray("pieces").add("<start>");
        tokens.forEach(token -> {
            ids.add(token.id());
            pieces.add(token.piece());
        });
        ids.add(tokenizer.endId());
        pieces.add("<end>");
        return document.put("max_length", tokenizer.maxLength());
    }
}
