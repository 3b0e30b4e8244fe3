fault-not-a-text = Only a text can take the place of a text.
fault-wrong-size = This has not as many bytes as were announced.
