package io.surstream.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * One object of a script class, in native memory.
 *
 * <p>{@link #run} and {@link #export} may be called from many threads concurrently; {@link #bind} and {@link #train}
 * change the object and wait for the others. After {@link #close} every call is refused.
 */
public final class TorchScript implements AutoCloseable {
    /** Attribute value for an empty {@code Dict[str, Tensor]}. */
    public static final Object EMPTY_DICT = new Object();

    /**
     * Calls that take about the same time; a network is distinguished from others of its class by the size of its
     * weights.
     */
    private record Kind(String className, int attributes, long weightBytes, String method, int magnitude) {
        @Override
        public String toString() {
            return className + "." + method + "-" + Integer.toHexString(attributes) + "-" + weightBytes + "-"
                    + magnitude;
        }
    }

    private final String className;
    /** Hash of their texts, the same in each process. */
    private final int attributes;

    private final PtNDManager scope;
    private final PtSymbolBlock module;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Buffers that bound tensors point into, by bind method: native code does not keep them alive, this does. */
    private final Map<String, List<ByteBuffer>> mapped = new TreeMap<>();

    /** Methods that have run once and so have made what static objects they need. */
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    private volatile long boundBytes;
    private boolean closed;

    private TorchScript(String className, int attributes, PtNDManager scope, PtSymbolBlock module) {
        this.className = className;
        this.attributes = attributes;
        this.scope = scope;
        this.module = module;
    }

    /**
     * Compiles the script and makes one object of the class.
     *
     * @param attributes a value for each declared attribute: Boolean, Long, Double, String, a List of one of these, or
     *     {@link #EMPTY_DICT}; {@code training} and dictionaries may be left out
     * @throws ScriptException if the source does not compile
     */
    public static TorchScript load(
            ScriptSource source, String className, Map<String, Object> attributes, TorchDevice device) {
        PtNDManager scope = TorchRuntime.newScope(device.djl());
        try {
            return new TorchScript(className, hash(attributes), scope, compile(scope, source, className, attributes));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private static int hash(Map<String, Object> attributes) {
        TreeMap<String, Object> texts = new TreeMap<>(attributes);
        texts.values().removeIf(value -> value == EMPTY_DICT);
        return texts.toString().hashCode();
    }

    static PtSymbolBlock compile(
            PtNDManager scope, ScriptSource source, String className, Map<String, Object> attributes) {
        try {
            Path archive = Files.createTempFile("surstream-", ".script");
            try {
                ScriptArchive.write(archive, source, className, attributes);
                // The last argument keeps the module differentiable: without it nothing bound could be trained through.
                return JniUtils.loadModule(scope, archive, true, new String[0], new String[0], true);
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("script " + className + " cannot be written to a temporary file", e);
        } catch (EngineException e) {
            throw new ScriptException(className, ScriptErrors.reason(e), e);
        }
    }

    /**
     * Calls {@code method(self, w: Dict[str, Tensor]) -> Tensor} with all tensors of {@code weights}. On the CPU, mapped
     * tensors are handed over without a copy and are read-only: a script that trains them must clone them. The memory
     * stays valid until the same method is bound again or the script is closed, whatever becomes of {@code weights}; so
     * the method must replace what it was given before, not add to it.
     *
     * @throws ScriptException if the method fails; what it had stored by then is the script's affair
     */
    public void bind(String method, Weights weights) {
        if (weights.names().isEmpty()) {
            throw new TorchException(className + "." + method + ": there are no weights to bind");
        }
        calling(lock.writeLock(), method, call -> {
            List<ByteBuffer> views = new ArrayList<>();
            NDList inputs = new NDList();
            for (String name : weights.names()) {
                PtNDArray array = nativeWeight(call, weights.get(name), views);
                array.setName("w." + name);
                inputs.add(array);
            }
            // Before the call and beside the former ones: a script that fails half-way may hold some of both.
            mapped.computeIfAbsent(method, m -> new ArrayList<>()).addAll(views);
            differentiable(call, method, inputs);
            boundBytes = weights.names().stream()
                    .mapToLong(name -> weights.get(name).data().limit())
                    .sum();
            return mapped.put(method, views);
        });
    }

    /**
     * Calls a method without recording gradients. It takes tensors (numbers as tensors of no dimensions) and returns a
     * float32 Tensor, a List or a Tuple of them, or a {@code Dict[str, Tensor]} (values in the order of sorted keys). It
     * must give the same when it is called again: unless the number of threads is set, the first call of about this size is
     * made several times to find the fastest.
     *
     * @throws ScriptException if the script fails, with torch's reason
     */
    public List<FloatTensor> run(String method, HostTensor... inputs) {
        return TorchRuntime.withThreads(
                new Kind(className, attributes, boundBytes, method, magnitude(inputs)),
                () -> calling(lock.readLock(), method, call -> hosts(inference(call, method, inputs))));
    }

    /**
     * As {@link #run}, with gradient mode on: the script calls {@code torch.autograd.grad} itself. It can train through
     * what {@code bind} and {@code train} methods stored, not through what a {@code run} method stored.
     */
    public List<FloatTensor> train(String method, HostTensor... inputs) {
        return TorchRuntime.withThreads(() ->
                calling(lock.writeLock(), method, call -> hosts(differentiable(call, method, natives(call, inputs)))));
    }

    /** Calls {@code method(self) -> Dict[str, Tensor]} and copies the float32 tensors out, keys sorted. */
    public Map<String, FloatTensor> export(String method) {
        return calling(lock.readLock(), method, call -> {
            Map<String, FloatTensor> out = new TreeMap<>();
            for (NDArray array : inference(call, method)) {
                if (array.getName() == null) {
                    throw new EngineException("does not return Dict[str, Tensor]");
                }
                out.put(array.getName(), NativeTensors.toHost(array));
            }
            return out;
        });
    }

    /** Of all values that go in, in powers of two. */
    private static int magnitude(HostTensor... inputs) {
        long values = 1;
        for (HostTensor input : inputs) {
            values += input.size();
        }
        return 63 - Long.numberOfLeadingZeros(values);
    }

    private <T> T calling(Lock held, String method, Function<PtNDManager, T> body) {
        held.lock();
        try {
            if (closed) {
                throw new IllegalStateException(className + "." + method + ": the script is closed");
            }
            JniUtils.setGraphExecutorOptimize(false); // a thread's own setting: without it the first calls are slow
            try (PtNDManager call = (PtNDManager) scope.newSubManager()) {
                T result = body.apply(call);
                if (called.add(method)) {
                    NativeExit.renew();
                }
                return result;
            }
        } catch (EngineException e) {
            throw new ScriptException(className + "." + method, ScriptErrors.reason(e), e);
        } catch (UnsupportedOperationException e) {
            String reason = "returns neither a Tensor nor a List, Tuple or Dict[str, Tensor] of tensors";
            throw new ScriptException(className + "." + method, reason, e);
        } finally {
            held.unlock();
        }
    }

    private NDList inference(PtNDManager call, String method, HostTensor... inputs) {
        IValue[] values = new IValue[inputs.length];
        try {
            for (int i = 0; i < inputs.length; i++) {
                values[i] = IValue.from(NativeTensors.copy(call, inputs[i]));
            }
            try (IValue result = IValueUtils.runMethod(module, method, values)) {
                return result.toNDList(call);
            }
        } finally {
            for (IValue value : values) {
                if (value != null) {
                    value.close();
                }
            }
        }
    }

    /**
     * Inputs named {@code w.KEY} become one dictionary. Results belong to the manager of the first input. Of a call
     * that fails, DJL 0.35.1 keeps the inputs forever: it has no other public way to call with gradients, so training
     * and binding should stop at a failure rather than repeat it. (Failed {@link #run}s leave nothing behind.)
     */
    private NDList differentiable(PtNDManager call, String method, NDList inputs) {
        PtNDArray name = call.create(new Shape(), DataType.BOOLEAN);
        name.setName("module_method:" + method);
        inputs.add(0, name);
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            return IValueUtils.forward(module, inputs, true);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    private static PtNDArray nativeWeight(PtNDManager call, WeightTensor tensor, List<ByteBuffer> views) {
        if (!NativeTensors.isViewable(tensor)) {
            return NativeTensors.copy(call, tensor);
        }
        views.add(tensor.data());
        return NativeTensors.view(call, tensor);
    }

    private static NDList natives(PtNDManager call, HostTensor... inputs) {
        NDList arrays = new NDList();
        for (HostTensor input : inputs) {
            arrays.add(NativeTensors.copy(call, input));
        }
        return arrays;
    }

    private static List<FloatTensor> hosts(NDList results) {
        if (!results.isEmpty() && results.stream().allMatch(r -> r.getName() != null)) {
            results.sort(Comparator.comparing(NDArray::getName));
        }
        return results.stream().map(NativeTensors::toHost).toList();
    }

    /** Frees the object and its native tensors once calls in progress have ended. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                module.close();
                scope.close();
                mapped.clear();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
