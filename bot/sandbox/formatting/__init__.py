"""Text as Telegram takes it: entities, HTML, links, keyboards. Pure: values in, values out."""
