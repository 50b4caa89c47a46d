-- How a first price stands to tax and how it is paid, said by the carrier with it; the bargain keeps to that.

CREATE OR REPLACE FUNCTION set_offer_terms(p_offer uuid, p_tax text, p_payment text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT coalesce(p_tax IN ('', 'included', 'on_top', 'none') AND p_payment IN ('', 'bank', 'cash'), false) THEN
    PERFORM exchange_refuse('bad_terms');
  END IF;
  PERFORM exchange_hold(p_offer, 'carrier', p_at);
  IF (SELECT count(*) FROM exchange_round WHERE offer_id = p_offer) <> 1 THEN PERFORM exchange_refuse('offer_closed'); END IF;
  UPDATE exchange_offer SET carrier_tax = p_tax, payment = p_payment WHERE id = p_offer;
END $$;
REVOKE ALL ON FUNCTION set_offer_terms(uuid, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_offer_terms(uuid, text, text, timestamptz) TO tenant, carriers;
