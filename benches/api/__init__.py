"""What the API costs, beside hyper alone and axum as its documentation shows it: built, started and asked alike."""
