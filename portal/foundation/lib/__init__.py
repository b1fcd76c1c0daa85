"""Pure helpers: values in, values out."""
