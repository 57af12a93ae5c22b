/** Torch state dicts, read without executing what a pickle asks for, and written. */
package io.surstream.torch.pickle;
