"""Where requests pass: two real proxies, steered by what the API's load balancers and HTTP APIs say."""
