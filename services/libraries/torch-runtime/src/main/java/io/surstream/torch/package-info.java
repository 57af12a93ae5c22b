/** TorchScript programs, their weights and their devices; host values go in and come out, native memory stays inside. */
package io.surstream.torch;
