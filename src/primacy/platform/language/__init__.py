"""What is shown in which language: figures, kept English texts, sentences of the kernels."""
