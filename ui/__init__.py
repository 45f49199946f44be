"""What the pages share: data, settings, equations, figures and the stage."""
